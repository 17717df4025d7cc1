/**
 * For the environment of hosts that open no connection.
 *
 * Where a company's certificates are set, each Node reads and checks them when it starts, whether it ever needs them or
 * not: 60 ms for the usual 140, twice what Node itself takes. And libespeak-ng 1.51 asks for the sound server at every
 * start, also where it is to hand over samples: of a server that is nowhere it learns so at once.
 */
export const OFFLINE_HOST_ENV = { NODE_EXTRA_CA_CERTS: '', PULSE_SERVER: 'unix:/nowhere' } as const;
