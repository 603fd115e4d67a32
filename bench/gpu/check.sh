#!/usr/bin/env bash
# Builds the GPU check: a folder and an archive of at most 60 MiB, to be taken to a machine that has an NVIDIA GPU and a Python
# with PyTorch, but neither Java nor a network. There: tar xzf gpu-check.tar.gz && gpu-check/run.sh
#
#   bench/gpu/check.sh                          # into bench/target/gpu-check, with an untrained RLFN ×2 as the teacher
#   bench/gpu/check.sh --teacher rlfn_x2.npz    # with that one
#   bench/gpu/check.sh --djl FOLDER             # DJL's sources come along; the bridge is compiled there if neither build of it fits
#   bench/gpu/check.sh --no-build               # of what is compiled already: bench/target/classpath.txt says what
set -euo pipefail
project=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
cd "$project"

most=$((60 * 1024 * 1024))
target=$project/bench/target
bundle=$target/gpu-check
teacher=
djl=
build=yes
while [[ $# -gt 0 ]]; do
  case $1 in
    --teacher) teacher=$(readlink -f "${2:?--teacher needs a file}") && shift 2 ;;
    --djl) djl=$(readlink -f "${2:?--djl needs a folder}") && shift 2 ;;
    --no-build) build=no && shift ;;
    *) echo "usage: bench/gpu/check.sh [--teacher FILE] [--djl FOLDER] [--no-build]" >&2 && exit 2 ;;
  esac
done
[[ -z $teacher || -r $teacher ]] || { echo "Cannot read teacher: $teacher" >&2 && exit 2; }
[[ -z $djl || -d $djl/engines/pytorch/pytorch-native/src/main/native ]] || { echo "Cannot find DJL's sources: $djl" >&2 && exit 2; }
[[ $build == no ]] || mvn -B -q -DskipTests -Dspotless.check.skip=true -pl bench -am package
java=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}

# Entries of the class path whose file bears one of some names.
entries() {
  tr ':' '\n' <"$target/classpath.txt" | grep -E "/($1)[^/]*\$" || true
}

rm -rf "$bundle" "$bundle.tar.gz"
mkdir -p "$bundle"/{jars,native,teacher,images,python}

# Our classes, and what a training loads of others'; PyTorch itself is the other machine's.
"$java/bin/jar" --create --file "$bundle/jars/bench.jar" -C "$target/classes" org
for entry in $(entries 'lib-kd-|classes$|api-0|pytorch-engine|jna-|gson|slf4j-|jackson-(core|annotations|databind)|commons-(rng|text|lang3|io|codec|compress)|common-(image|io|lang)|imageio-'); do
  if [[ -d $entry ]]; then
    "$java/bin/jar" --create --file "$bundle/jars/lib-kd.jar" -C "$entry" .
  else
    cp "$entry" "$bundle/jars/"
  fi
done

# DJL's bridge to PyTorch, under the name by which DJL finds it; only those for Linux.
bridge=$(entries 'pytorch-jni-')
version=$(basename "$bridge" .jar) && version=${version##*-}
for flavour in cpu cu128; do
  mkdir "$bundle/native/$flavour"
  (cd "$bundle/native/$flavour" \
    && "$java/bin/jar" --extract --file "$bridge" "jnilib/linux-x86_64/$flavour/libdjl_torch.so" \
    && mv "jnilib/linux-x86_64/$flavour/libdjl_torch.so" "$version-libdjl_torch.so" && rm -r jnilib)
done

if [[ -n $djl ]]; then
  source=$bundle/native/source
  mkdir -p "$source"
  cp "$djl"/engines/pytorch/pytorch-native/src/main/native/* "$source/"
  cp -r "$djl/api/src/main/native/djl" "$source/"
  cp "$java/include/jni.h" "$java/include/linux/jni_md.h" "$source/"
  "$java/bin/javac" -proc:none -nowarn -d "$target/gpu-djl" -h "$source" \
    "$djl/engines/pytorch/pytorch-engine/src/main/java/ai/djl/pytorch/jni/PyTorchLibrary.java" \
    -sourcepath "$djl/engines/pytorch/pytorch-engine/src/main/java" -cp "$(tr '\n' ':' < <(entries 'api-0|slf4j-api|jna-'))"
fi

# A JVM of what is needed; it takes along zlib, which not every machine has.
if [[ ! -x $target/gpu-java/bin/java ]]; then
  rm -rf "$target/gpu-java"
  "$java/bin/jlink" --add-modules java.base,java.desktop,java.logging,java.management,jdk.unsupported --strip-debug \
    --no-header-files --no-man-pages --compress=2 --output "$target/gpu-java"
  zlib=$(ldd "$java/lib/libjli.so" | awk '/libz\.so/ { print $3 }')
  [[ -z $zlib ]] || cp -L "$zlib" "$target/gpu-java/lib/"
fi
cp -r "$target/gpu-java" "$bundle/java"

if [[ -n $teacher ]]; then
  cp "$teacher" "$bundle/teacher/"
else
  "$java/bin/java" -Dai.djl.offline=true -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
    -cp "$bundle/jars/*:$(tr '\n' ':' < <(entries 'pytorch-(jni|native)'))" \
    org.distillgrid.bench.GpuTeacher "$bundle/teacher/rlfn_x2.safetensors"
fi
cp data/sample/train/*.png data/sample/test/*.png "$bundle/images/"
cp bench/gpu/rival.py bench/python/bench_step.py "$bundle/python/"
for network in rcan swinir; do
  cp "lib-kd/src/test/resources/fixtures/$network/reference.py" "$bundle/python/$network.py"
done
cp bench/gpu/run.sh bench/gpu/check.py bench/gpu/found.py "$bundle/"
chmod +x "$bundle/run.sh"

tar -czf "$bundle.tar.gz" -C "$target" gpu-check
size=$(stat -c %s "$bundle.tar.gz")
if [[ $size -gt $most ]]; then
  echo "Cannot keep the bundle within $most bytes: $size" >&2
  exit 1
fi
echo "$bundle.tar.gz: $((size / 1024)) KiB"
