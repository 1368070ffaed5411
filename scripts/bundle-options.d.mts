import type {BuildOptions} from 'esbuild';

export function shippedAs(root: string): BuildOptions;
