// zod would try whether it may compile code, and the policy of a worker would report it; zod reads this when it loads.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
