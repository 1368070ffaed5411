import type {Plugin} from 'esbuild';

export const loadLess: Plugin;
export const onlyWhatWeUse: Plugin;
export const keepPlace: Plugin;
