// How the desk looks: one accent, dense, tabular figures, fonts that the system carries. desk.css has the same colours.
import { theme as antd, type ThemeConfig } from 'antd';

export const fonts =
  '"Segoe UI", "Helvetica Neue", "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif';

// For those who asked their system for less motion nothing moves.
export const isStill = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

export function themeOf(dark: boolean): ThemeConfig {
  return {
    algorithm: dark ? antd.darkAlgorithm : antd.defaultAlgorithm,
    cssVar: true,
    hashed: false,
    token: {
      motion: !isStill(),
      colorPrimary: dark ? '#3fa69f' : '#0f6b66',
      colorInfo: dark ? '#3fa69f' : '#0f6b66',
      colorLink: dark ? '#63c6bf' : '#0f6b66',
      colorLinkHover: dark ? '#8ad8d2' : '#0b524e',
      colorSuccess: dark ? '#5fb57f' : '#2a7a4b',
      colorWarning: dark ? '#d9a441' : '#9a6700',
      colorError: dark ? '#e5786b' : '#b3362a',
      colorSuccessBg: dark ? '#1b3325' : '#e9f5ee',
      colorSuccessBorder: dark ? '#2f5a41' : '#bfe0cc',
      colorWarningBg: dark ? '#392d14' : '#fdf5e1',
      colorWarningBorder: dark ? '#63501f' : '#ecd9a6',
      colorErrorBg: dark ? '#41221d' : '#fceeeb',
      colorErrorBorder: dark ? '#75392f' : '#efc4bc',
      colorInfoBg: dark ? '#1a2f40' : '#eaf3fa',
      colorInfoBorder: dark ? '#2c506c' : '#bcd8ec',
      colorBgLayout: dark ? '#111514' : '#f4f6f5',
      colorBgContainer: dark ? '#191e1d' : '#ffffff',
      colorBgElevated: dark ? '#222827' : '#ffffff',
      colorTextPlaceholder: dark ? '#93a09d' : '#66716e',
      colorTextDescription: dark ? '#a4b0ad' : '#5b6663',
      colorTextTertiary: dark ? '#a4b0ad' : '#5b6663',
      colorBorder: dark ? '#3a4442' : '#cfd6d4',
      colorBorderSecondary: dark ? '#2b3331' : '#e4e9e7',
      borderRadius: 5,
      fontSize: 13,
      fontSizeSM: 12,
      fontFamily: fonts,
      controlHeight: 30,
      wireframe: false,
    },
    components: {
      Table: {
        cellPaddingBlockSM: 6,
        cellPaddingInlineSM: 10,
        headerBg: dark ? '#202625' : '#f0f4f3',
        headerColor: dark ? '#c2ccc9' : '#46524f',
        headerSplitColor: 'transparent',
        rowHoverBg: dark ? '#20302e' : '#eef6f5',
      },
      // In the dark the first colour is a light one, which white letters would not stand out from.
      Badge: dark ? { colorTextLightSolid: '#08110f' } : {},
      Button: { primaryShadow: 'none', defaultShadow: 'none', primaryColor: dark ? '#08110f' : '#ffffff' },
    },
  };
}
