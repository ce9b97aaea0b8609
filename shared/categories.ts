/** What suggestions are filed under where a region has set no categories of its own: the everyday matters of 12345 hotlines. */
export const defaultCategories = [
  '交通出行',
  '住房与物业',
  '教育',
  '医疗卫生',
  '养老与托幼',
  '就业与社保',
  '环境保护',
  '农业与水利',
  '市政与公共设施',
  '文化体育',
  '社会治安',
  '政务服务',
  '其他',
] as const
