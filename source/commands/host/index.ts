import type {Command} from '../../shell/command.js';

/** Tools of the hosts that are not about the network. */
export default [] satisfies Command[];
