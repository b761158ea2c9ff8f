// A demo centre of its own for the walk: made, given one account for each role, served, stopped, thrown away.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const program = resolve(process.env.ZH_PROGRAM ?? '../build/test/zhiheng');
export const password = 'a long walk through the desk';

// Who walks: everybody of the demo centre's cast whose role has a home on the desk.
export const people = {
  agent: { account: 'chen', staff: '1001', role: 'agent:self' },
  shift_leader: { account: 'han', staff: '2001', role: 'shift_leader:group:甲组' },
  inspector: { account: 'cao', staff: '3001', role: 'inspector:centre' },
  second_inspector: { account: 'peng', staff: '3002', role: 'inspector:centre' },
  qa_supervisor: { account: 'zeng', staff: '3101', role: 'qa_supervisor:centre' },
  trainer: { account: 'xiao', staff: '3201', role: 'trainer:centre' },
  manager: { account: 'tian', staff: '4001', role: 'manager:centre' },
  hr: { account: 'dong', staff: '4101', role: 'hr:centre' },
  office: { account: 'yuan', staff: '4201', role: 'office:centre' },
  admin: { account: 'yu', staff: '9001', role: 'admin:centre' },
  newcomer: { account: 'lin', staff: '1002', role: 'agent:self' },
};

const run = (...args) => execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

export class Centre {
  static async make() {
    const centre = new Centre();
    centre.dir = mkdtempSync(join(tmpdir(), 'zhiheng-walk-'));
    centre.data = join(centre.dir, 'centre');
    run('init', '--data', centre.data, '--demo');
    centre.first = {};
    for (const [name, { account, staff, role }] of Object.entries(people)) {
      const made = run('user', 'add', account, '--data', centre.data, '--staff', staff, '--role', role, '--json');
      centre.first[name] = JSON.parse(made).password;
    }
    centre.port = await freePort();
    centre.address = `http://127.0.0.1:${centre.port}`;
    await centre.serve();
    return centre;
  }

  // Resolves once the server says that it is ready.
  async serve() {
    this.server = spawn(program, ['serve', '--data', this.data, '--listen', `127.0.0.1:${this.port}`, '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((ready, failed) => {
      this.server.once('exit', (code) => failed(new Error(`the server ended with ${code}`)));
      let said = '';
      this.server.stdout.on('data', (bytes) => {
        said += bytes;
        if (said.includes('"address"')) ready();
      });
    });
    this.server.removeAllListeners('exit');
  }

  async kill(signal = 'SIGKILL') {
    if (!this.server || this.server.exitCode !== null) return;
    const ended = new Promise((done) => this.server.once('exit', done));
    this.server.kill(signal);
    await ended;
  }

  async end() {
    await this.kill('SIGTERM');
    rmSync(this.dir, { recursive: true, force: true });
  }

  // One request outside the browser. Each person asks from an address of their own, because few sign-ins are allowed
  // from one.
  ask(name, method, path, body, cookie) {
    const nth = Object.keys(people).indexOf(name);
    const headers = { 'X-Requested-With': 'zhiheng', Origin: this.address };
    if (body) headers['Content-Type'] = 'application/json';
    if (cookie) headers.Cookie = cookie;
    return new Promise((done, failed) => {
      const request = http.request(`${this.address}/api/v1${path}`, { method, headers, localAddress: `127.0.0.${20 + nth}` }, (answer) => {
        let text = '';
        answer.on('data', (bytes) => (text += bytes));
        answer.on('end', () => done({ status: answer.statusCode, text, cookies: answer.headers['set-cookie'] ?? [] }));
      });
      request.on('error', failed);
      request.end(body ? JSON.stringify(body) : undefined);
    });
  }

  // Signs in, changes the first password, gives back the session's cookie as the browser takes it.
  async session(name) {
    const { account } = people[name];
    const signIn = (word) => this.ask(name, 'POST', '/session', { account, password: word });
    let answer = await signIn(this.first[name]);
    if (answer.status !== 200) throw new Error(`${account} cannot sign in: ${answer.status} ${answer.text}`);
    const cookie = answer.cookies[0].split(';')[0];
    const changed = await this.ask(name, 'POST', '/session/password', { current: this.first[name], next: password }, cookie);
    if (changed.status >= 300) throw new Error(`${account} cannot change the password: ${changed.status} ${changed.text}`);
    answer = await signIn(password);
    const [key, value] = answer.cookies[0].split(';')[0].split('=');
    return { name: key, value, url: this.address, httpOnly: true, sameSite: 'Strict' };
  }
}
