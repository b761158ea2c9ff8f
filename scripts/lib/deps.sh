# Installs what a build needs from Debian 12's own packages; silent when everything is there.
# Usage: deps build | deps run | deps test | deps bench   (each includes the former)

deps_build="build-essential cmake ninja-build ccache pkg-config
  libboost1.81-dev libboost-json1.81-dev libfmt-dev libspdlog-dev libcli11-dev libyaml-cpp-dev libpugixml-dev
  libintelrdfpmath-dev libhowardhinnant-date-dev libsqlite3-dev libpq-dev libsodium-dev libssl-dev libicu-dev
  libre2-dev libhyperscan-dev libopencc-dev libxlsxwriter-dev zlib1g-dev libzstd-dev tzdata ca-certificates
  libsndfile1-dev libavformat-dev libavcodec-dev libavutil-dev libswresample-dev libseccomp-dev"
deps_run="$deps_build
  nodejs npm"
deps_test="$deps_run
  clang-19 clang-tidy-19 clang-format-19 libclang-rt-19-dev libgtest-dev libgmock-dev librapidcheck-dev
  postgresql-15 postgresql-client-15 sqlite3 python3
  chromium fonts-noto-cjk openssl curl ffmpeg
  pocketsphinx pocketsphinx-en-us espeak-ng"
deps_bench="$deps_test
  libbenchmark-dev time wrk nginx-core"

deps() {
  local wanted missing=() package
  eval "wanted=\$deps_$1"
  for package in $wanted; do
    # A node or npm from elsewhere does as well as Debian's.
    case $package in
      nodejs) command -v node >/dev/null && continue ;;
      npm) command -v npm >/dev/null && continue ;;
    esac
    dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
  done
  if [ ${#missing[@]} -eq 0 ]; then return 0; fi
  local sudo=
  if [ "$(id -u)" -ne 0 ]; then sudo=sudo; fi
  echo "installing: ${missing[*]}"
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  # RUNLEVEL=1: packages that bring a service (nginx, PostgreSQL) do not start it.
  $sudo env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}
