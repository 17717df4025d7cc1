/** The icon of the app: somebody speaks, in the brackets of an aside. */
export function Logo() {
  return (
    <svg className="header__logo" viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
      <rect width="32" height="32" rx="9" className="header__logo-ground" />
      <circle cx="9.5" cy="16" r="2.6" className="header__logo-dot" />
      <path d="M15 9.2a10.4 10.4 0 0 1 0 13.6M20.6 5.6a16.4 16.4 0 0 1 0 20.8" className="header__logo-wave" />
    </svg>
  );
}
