import { runAfter } from './organisation-capitals.ts'
import type { Span } from './organisation-words.ts'

/** What a Vietnamese firm does stands between its kind and its name, with small second syllables: Công ty CP Đầu tư Thiên Phát. */
const BUSINESS =
  /^(?:(?:TNHH|CP|Cổ phần|MTV|Một thành viên|TM|DV|XNK|SX|XD|Đầu tư|Thương mại|Dịch vụ|Xuất nhập khẩu|Sản xuất|Xây dựng|Công nghệ|Du lịch|Giải trí|Bất động sản|Truyền thông|Phát triển|Nhân lực|Nguồn nhân lực|Cung ứng|Lao động|Xuất khẩu lao động|Tư vấn|Tài chính|Chứng khoán|Bảo hiểm|Vận tải|Giáo dục|Phần mềm|Giải pháp|Quốc tế|Thực phẩm|Nông nghiệp|và|&) )+/

/** The capitals behind a head, with what the firm does in front of them. */
export function runBehindBusiness(text: string, from: number, head: string): Span | null {
  const skipped = /^(?:c[ôo]ng ty|cty|tnhh|ctcp)/i.test(head)
    ? (BUSINESS.exec(text.slice(from, from + 60))?.[0].length ?? 0)
    : 0
  const run = skipped === 0 ? null : runAfter(text, from + skipped)
  return run === null ? runAfter(text, from) : { start: from, end: run.end }
}
