import {unsimulated} from './unsimulated.js';

export default unsimulated('brctl', 'manage bridges (bridge-utils)');
