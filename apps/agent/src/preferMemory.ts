import { setFlagsFromString } from 'node:v8';

/*
 * Imported first. The agent sits beside what people really want to run: on small heaps like its own V8 would rather have some 20 MB more than
 * collect a little more often. A command that answers and ends is better off with them.
 */
const [, , command = 'start'] = process.argv;
if (!['trace', 'snapshot', 'record', 'diff'].includes(command)) setFlagsFromString('--optimize-for-size');
