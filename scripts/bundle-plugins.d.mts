import type {Plugin} from 'esbuild';

export const inkForCommonJs: Plugin;
export const loadLess: Plugin;
export const onlyWhatWeUse: Plugin;
export const keepPlace: import('esbuild').Plugin;
