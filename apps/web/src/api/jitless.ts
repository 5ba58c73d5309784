import { config } from 'zod';

// zod can compile its schemas by `new Function`, which the agent's content security policy forbids: the mere attempt would be reported as a
// violation in the console. Has to be imported before the first schema is made.
config({ jitless: true });
