export function OrderPage({ id }: { readonly id: string }) {
  return <h1>Order {id}</h1>
}
