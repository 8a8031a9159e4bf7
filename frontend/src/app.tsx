import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import type { Build } from './build-info.ts';
import { CustomerListPage } from './customers/customer-list-page.tsx';
import { CustomerPage } from './customers/customer-page.tsx';
import { NewCustomerPage } from './customers/new-customer-page.tsx';
import { DeploymentBanner } from './deployment/deployment-banner.tsx';
import { NotFoundPage } from './layout/not-found-page.tsx';
import { Shell } from './layout/shell.tsx';
import { routes } from './routes.ts';
import { RequireSession } from './session/require-session.tsx';
import { SessionProvider } from './session/session-context.tsx';
import { SignInPage } from './sign-in/sign-in-page.tsx';

/** The whole application; `page` is the build that the page was made from. */
export function App({ page }: { page: Build }) {
  return (
    <BrowserRouter>
      <SessionProvider>
        <DeploymentBanner page={page} />
        <Shell>
          <Routes>
            <Route path={routes.home} element={<Navigate to={routes.customers} replace />} />
            <Route path={routes.signIn} element={<SignInPage />} />
            <Route element={<RequireSession />}>
              <Route path={routes.customers} element={<CustomerListPage />} />
              <Route path={routes.newCustomer} element={<NewCustomerPage />} />
              <Route path={`${routes.customers}/:id`} element={<CustomerPage />} />
            </Route>
            <Route path="*" element={<NotFoundPage />} />
          </Routes>
        </Shell>
      </SessionProvider>
    </BrowserRouter>
  );
}
