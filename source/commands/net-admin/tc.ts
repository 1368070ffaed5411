import {unsimulated} from './unsimulated.js';

export default unsimulated('tc', 'show and change traffic control');
