import type {TargetKind} from '../match-kind.js';

const target: TargetKind = {name: 'RETURN', options: {}, list: () => '', plain: true, compile: () => () => 'RETURN'};
export default target;
