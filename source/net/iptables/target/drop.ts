import type {TargetKind} from '../match-kind.js';

const target: TargetKind = {name: 'DROP', options: {}, list: () => '', plain: true, compile: () => () => 'DROP'};
export default target;
