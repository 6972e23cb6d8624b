/** What a project of React Native has by `@react-native/metro-config`, without what only native builds need. */
module.exports = {
  projectRoot: __dirname,
  resolver: {
    sourceExts: ['js', 'jsx', 'json', 'ts', 'tsx'],
    useWatchman: false,
    // The default of Metro before 0.82, and of projects that turn it off
    unstable_enablePackageExports: process.env.WITHOUT_PACKAGE_EXPORTS !== '1',
  },
  transformer: { babelTransformerPath: require.resolve('@react-native/metro-babel-transformer') },
};
