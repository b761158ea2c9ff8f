# The desk (web/): its packages, its build, its checks. Nothing is done twice: each step leaves a stamp and looks whether
# something it depends on is newer.
#
#   . scripts/lib/desk.sh
#   desk_build          # packages and web/dist
#   desk_check          # eslint, types, unit tests, the size of the first load
#   desk_types PROGRAM  # web/src/api/schema.d.ts anew; with --check: fails where it says something else than the program
#   desk_walk PROGRAM   # the desk in Chromium on a server of that program; pictures in build/walk
#   desk_pictures       # docs/pictures from the last walk

# Whether something under web/ named by the patterns is newer than the stamp.
desk_newer() {
  local stamp=$1
  shift
  [ ! -e "$stamp" ] || [ -n "$(find "$@" -newer "$stamp" -print -quit)" ]
}

desk_packages() {
  local stamp=web/node_modules/.packages
  if ! desk_newer "$stamp" web/package.json web/package-lock.json; then return 0; fi
  npm --prefix web ci --no-fund --no-audit --loglevel=error || return 1
  touch "$stamp"
}

desk_build() {
  desk_packages || return 1
  local stamp=web/dist/.built
  if ! desk_newer "$stamp" web/src web/public web/index.html web/vite.config.ts web/package-lock.json; then return 0; fi
  (cd web && node_modules/.bin/tsc -b && node_modules/.bin/vite build --logLevel warn) || return 1
  touch "$stamp"
}

desk_check() {
  desk_build || return 1
  local stamp=web/node_modules/.checked
  (cd web && node tools/first-load.mjs) || return 1
  (cd web && node_modules/.bin/vitest run --reporter=dot) || return 1
  if ! desk_newer "$stamp" web/src web/walk web/eslint.config.js web/package-lock.json; then return 0; fi
  (cd web && node_modules/.bin/eslint .) || return 1
  touch "$stamp"
}

desk_types() {
  desk_packages || return 1
  local program=$1
  shift
  mkdir -p build
  "$program" openapi --lang en >build/openapi.json || return 1
  web/node_modules/.bin/openapi-typescript build/openapi.json --output web/src/api/schema.d.ts \
    --root-types --root-types-no-schema-prefix "$@"
}

# What the documents show, as the last walk saw it: README's name, the walk's name.
desk_pictures_shown="month-en=manager-en-1280-month month-zh=manager-zh-1280-month
  overview-en=manager-en-1280-overview overview-zh=manager-zh-1280-overview why-en=keyboard-why why-zh=manager-why
  phone-en=agent-en-390-sheet phone-zh=agent-zh-390-dark-sheet entry-zh=leader-entry import-zh=admin-import-map
  workbench-en=inspector-en-1280-workbench workbench-zh=inspector-zh-1280-workbench
  review-en=qa_supervisor-en-1280-review review-zh=qa_supervisor-zh-1280-review
  findings-en=contact-findings proposals-zh=proposals"

# In few colours each is small.
desk_pictures() {
  local pair
  mkdir -p docs/pictures
  for pair in $desk_pictures_shown; do
    ffmpeg -v error -y -i "build/walk/${pair#*=}.png" \
      -vf 'split[a][b];[a]palettegen=max_colors=160[p];[b][p]paletteuse=dither=none' "docs/pictures/${pair%%=*}.png" || return 1
  done
}

desk_walk() {
  desk_build || return 1
  local program
  program=$(realpath "$1") || return 1
  (cd web && ZH_PROGRAM=$program node --test --test-reporter=spec walk/walk.test.mjs)
}
