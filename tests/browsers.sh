# What the scripts that need a browser share; to be read by `.`, not run.

# Prints the path of the first of some programs that is there.
first_of() {
  for name in "$@"; do
    if [ -n "$name" ] && command -v "$name" 2>/dev/null; then return 0; fi
  done
  return 1
}

# Installs a package of Debian, where the machine allows it.
install_debian() {
  command -v apt-get >/dev/null 2>&1 || return 1
  as_root=""
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null || return 1
    as_root="sudo -n"
  fi
  echo "Installing Debian's $1 for the browser tests ..." >&2
  # shellcheck disable=SC2086
  $as_root apt-get update -qq >&2 && $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$1" >&2
}
