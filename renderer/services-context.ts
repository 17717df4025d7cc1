import { createContext, useContext } from 'react';
import { type StoreApi, useStore } from 'zustand';
import type { AppServices } from './app-services.ts';

const ServicesContext = createContext<AppServices | null>(null);

export const ServicesProvider = ServicesContext.Provider;

export function useServices(): AppServices {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('useServices needs a ServicesProvider above it');
  return services;
}

/** A part of a feature's state; the component is drawn again when that part changes. */
export function useFeature<T, U>(pick: (services: AppServices) => StoreApi<T>, select: (state: T) => U): U {
  return useStore(pick(useServices()), select);
}
