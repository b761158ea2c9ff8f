const zh = {
  regulation: '规章',
  clause: '条款',
  computed: '由程序计算',
  recorded: '记录事实',
  informative: '供人阅读',
  rules: '规则',
  parameters: '参数',
  source: '出处',
  problems: '检查结果',
  clean: '检查没有发现问题。',
  version: '版本',
  find: '条款号或文字',
};

const en: typeof zh = {
  regulation: 'Regulation',
  clause: 'Clause',
  computed: 'computed',
  recorded: 'recorded',
  informative: 'for people',
  rules: 'Rules',
  parameters: 'Parameters',
  source: 'Source',
  problems: 'Check results',
  clean: 'The check found nothing wrong.',
  version: 'Version',
  find: 'Clause or words',
};

export const words = { zh, en };
