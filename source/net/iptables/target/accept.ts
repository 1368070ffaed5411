import type {TargetKind} from '../match-kind.js';

const target: TargetKind = {name: 'ACCEPT', options: {}, list: () => '', compile: () => () => 'ACCEPT'};
export default target;
