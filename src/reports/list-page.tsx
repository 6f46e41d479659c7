export function ReportListPage() {
  return <h1>Reports</h1>
}
