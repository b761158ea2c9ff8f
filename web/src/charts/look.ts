import { fonts } from '../shell/theme';

// The charts' colours, light and dark, as ECharts takes a theme.
export const palette = {
  accent: '#12857d',
  pale: '#a9bbb7',
  amber: '#c27a2c',
};

export function lookOf(dark: boolean) {
  const text = dark ? '#a4b0ad' : '#5b6663';
  const line = dark ? '#2b3331' : '#e4e9e7';
  const axis = {
    axisLine: { show: false, lineStyle: { color: line } },
    axisTick: { show: false },
    axisLabel: { color: text, fontSize: 12, fontFamily: fonts },
    splitLine: { lineStyle: { color: line } },
  };
  return {
    textStyle: { fontFamily: fonts, color: text },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: axis,
    tooltip: {
      backgroundColor: dark ? '#222827' : '#fff',
      borderColor: line,
      textStyle: { color: dark ? '#e3e9e7' : '#1c2523', fontSize: 12, fontFamily: fonts },
    },
  };
}
