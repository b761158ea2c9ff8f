# Configures (once) and builds one preset. Usage: build PRESET [target…]
build() {
  local preset=$1
  shift
  if [ ! -f "build/$preset/build.ninja" ]; then
    cmake --preset "$preset" >"build-$preset.log" 2>&1 || { cat "build-$preset.log"; rm -f "build-$preset.log"; return 1; }
    rm -f "build-$preset.log"
  fi
  cmake --build --preset "$preset" ${1:+--target "$@"}
}

# Says what happens next and how long the last thing took.
step_started=0
step() {
  local now
  now=$(date +%s)
  if [ "$step_started" -ne 0 ]; then echo "   ($((now - step_started)) s)"; fi
  step_started=$now
  echo "── $*"
}
