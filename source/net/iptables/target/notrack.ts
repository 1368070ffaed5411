import type {TargetKind} from '../match-kind.js';

const target: TargetKind = {
	name: 'NOTRACK',
	options: {},
	tables: ['raw'],
	list: () => '',
	compile: () => flow => {
		flow.ctState = 'UNTRACKED';
		return 'CONTINUE';
	},
};
export default target;
