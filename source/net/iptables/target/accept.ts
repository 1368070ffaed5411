import type {TargetKind} from '../match-kind.js';

const target: TargetKind = {name: 'ACCEPT', options: {}, list: () => '', plain: true, compile: () => () => 'ACCEPT'};
export default target;
