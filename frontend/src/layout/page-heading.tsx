import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { useLocation } from 'react-router';

/** The page's h1; also names the browser tab and takes the focus when the user navigates here. */
export function PageHeading({ title, children = title }: { title: string; children?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { key } = useLocation();

  useLayoutEffect(() => {
    document.title = `${title} · AZALS`;
  }, [title]);

  useEffect(() => {
    // The first page of a visit keeps the browser's own starting point.
    if (key !== 'default') heading.current?.focus();
  }, [key]);

  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
