import { setFlagsFromString } from 'node:v8';

/*
 * Imported first. The agent sits beside what people really want to run: on small heaps like its own V8 would rather have some 20 MB more than
 * collect a little more often.
 */
setFlagsFromString('--optimize-for-size');
