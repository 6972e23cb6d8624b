/** The id under which the coverage of a test file outside its tests is counted. */
const PREFIX = 'file: ';

module.exports = {
  idOfFile: (path) => PREFIX + path,
};
