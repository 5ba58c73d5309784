#!/bin/sh
# Makes the pictures of a docs page from a recording: pictures.sh RECORDING FOLDER. The same recording gives the same bytes.
set -eu
recording=$1
folder=$2
mkdir -p "$folder"
picture() {
  npx vethscope export --recording "$recording" --mask "$@"
}
picture -o "$folder/networks.md" --legend --title 'Our networks'
picture -o "$folder/networks-dark.svg" --legend --theme dark
picture -o "$folder/kernel.svg" --lens linux
picture -o "$folder/way-in.svg" --path internet host:8080
