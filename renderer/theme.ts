import { type BrandVariants, createDarkTheme, createLightTheme, type Theme } from '@fluentui/react-components';
import { useSyncExternalStore } from 'react';
import type { Settings } from '../protocol/model/settings.ts';

const brand: BrandVariants = {
  10: '#071518',
  20: '#0b2328',
  30: '#0e3139',
  40: '#11404a',
  50: '#154c59',
  60: '#185967',
  70: '#1b6374',
  80: '#1e6e80',
  90: '#2b7f91',
  100: '#3d91a4',
  110: '#4ea3b7',
  120: '#6bb2c2',
  130: '#88c1ce',
  140: '#a8d2dc',
  150: '#c8e3ea',
  160: '#e5f2f5',
};

/** A little warmer than Fluent's own greys: one looks at this page for as long as a book takes. */
export const lightTheme: Theme = {
  ...createLightTheme(brand),
  colorNeutralBackground2: '#faf8f5',
  colorNeutralBackground3: '#f5f2ed',
  colorNeutralBackground4: '#efebe4',
  colorNeutralStroke2: '#e4dfd6',
  colorNeutralStroke3: '#ece8e0',
  colorNeutralStrokeAccessible: '#87817a',
};

export const darkTheme: Theme = {
  ...createDarkTheme(brand),
  colorNeutralBackground1: '#2a2826',
  colorNeutralBackground1Hover: '#363432',
  colorNeutralBackground1Pressed: '#201e1d',
  colorNeutralBackground2: '#1c1a19',
  colorNeutralBackground3: '#242220',
  colorNeutralBackground4: '#1a1817',
  colorNeutralStroke2: '#3d3a37',
  colorNeutralStroke3: '#353230',
  colorNeutralStrokeAccessible: '#837e78',
  colorBrandForeground1: brand[120],
  colorBrandForegroundLink: brand[120],
  colorBrandForegroundLinkHover: brand[130],
  colorBrandForegroundLinkPressed: brand[110],
  colorCompoundBrandForeground1: brand[120],
  colorCompoundBrandStroke: brand[110],
  colorCompoundBrandBackground: brand[110],
  colorCompoundBrandBackgroundHover: brand[120],
  colorCompoundBrandBackgroundPressed: brand[100],
};

/** Whether the page is dark: as the user chose, or as the system is. */
export function useIsDark(choice: Settings['theme']): boolean {
  const isSystemDark = useSyncExternalStore(onSystemThemeChange, () => systemTheme().matches);
  return choice === 'system' ? isSystemDark : choice === 'dark';
}

function systemTheme(): MediaQueryList {
  return matchMedia('(prefers-color-scheme: dark)');
}

function onSystemThemeChange(listener: () => void): () => void {
  const query = systemTheme();
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
