const zh = {
  regulation: '规章',
  clauses: '条款',
  coverage: '落实方式',
  computed: '由程序计算',
  recorded: '记录事实',
  informative: '供人阅读',
  source: '出处',
  problems: '检查结果',
  clean: '检查没有发现问题。',
  severity_error: '错误',
  severity_warning: '提醒',
  severity_note: '说明',
  since: '自 {{day}} 起施行',
  find: '条款号或文字',
  noClause: '没有这样的条款。',
};

const en: typeof zh = {
  regulation: 'Regulation',
  clauses: 'Clauses',
  coverage: 'How it is carried out',
  computed: 'computed',
  recorded: 'recorded',
  informative: 'for people',
  source: 'Source',
  problems: 'Check results',
  clean: 'The check found nothing wrong.',
  severity_error: 'error',
  severity_warning: 'warning',
  severity_note: 'note',
  since: 'in force since {{day}}',
  find: 'Clause or words',
  noClause: 'No such clause.',
};

export const words = { zh, en };
