export const regions = {
  search: '输入名称查找行政区划',
  nothingFound: '没有找到这个行政区划',
  kind: { committee: '政协', department: '承办单位', 'expert-panel': '专家库', media: '媒体' },
}
