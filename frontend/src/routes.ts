/** Every address of the application; people bookmark them, so they are French and stable. */
export const routes = {
  home: '/',
  signIn: '/connexion',
  customers: '/clients',
  newCustomer: '/clients/nouveau',
  customer: (id: string) => `/clients/${encodeURIComponent(id)}`,
} as const;
