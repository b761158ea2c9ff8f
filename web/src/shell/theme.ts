// How the desk looks: one accent, dense, tabular figures, fonts that the system carries.
import { theme as antd, type ThemeConfig } from 'antd';

const fonts =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif';

export function themeOf(dark: boolean): ThemeConfig {
  return {
    algorithm: dark ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      colorPrimary: dark ? '#3fa69f' : '#0f6b66',
      colorInfo: dark ? '#3fa69f' : '#0f6b66',
      colorLink: dark ? '#5cc2bb' : '#0f6b66',
      colorBgLayout: dark ? '#141716' : '#f5f6f5',
      borderRadius: 4,
      fontSize: 13,
      fontSizeSM: 12,
      fontFamily: fonts,
      controlHeight: 30,
      wireframe: false,
    },
    components: {
      Table: { cellPaddingBlockSM: 6, cellPaddingInlineSM: 10, headerBg: dark ? '#1d2120' : '#eef1f0' },
      Layout: { headerBg: 'transparent', siderBg: dark ? '#101312' : '#12302e' },
    },
  };
}
