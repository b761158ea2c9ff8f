import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The desk is served by zhiheng itself; in development its server is expected on 8080.
export default defineConfig({
  plugins: [react()],
  build: { target: 'es2022', manifest: true, chunkSizeWarningLimit: 900 },
  server: { proxy: { '/api': 'http://127.0.0.1:8080', '/healthz': 'http://127.0.0.1:8080' } },
  test: { include: ['src/**/*.test.ts'], environment: 'node', setupFiles: ['tools/browser-globals.mjs'] },
});
