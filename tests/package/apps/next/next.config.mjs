export default {
  eslint: { ignoreDuringBuilds: true },
  webpack(config) {
    // Half of the time, and nothing that is looked at here.
    config.optimization.minimize = false;
    return config;
  },
};
