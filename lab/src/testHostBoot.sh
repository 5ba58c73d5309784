#!/bin/sh
# Becomes the init process of a test host. Runs in fresh namespaces (net, mount, pid, uts, ipc) over the machine's root
# and leaves it for an engine's root. The caller talks to it by its standard input and output: it prints its pid as the
# machine sees it, waits for a line (by then the LAN's cable is plugged in), and becomes the engine.
# Whatever it mounts and starts lives in its namespaces only: when it dies, the kernel takes all of it away.
set -eu
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH

say() { printf '%s\n' "$*"; }

# /proc is still the machine's here, so this is the machine's number for this process.
read -r pid rest < /proc/self/stat
mount --make-rprivate /

# The engine's root is shared by every host of its generation: what this one writes stays in memory and dies with it.
tree=$LAB_RUN/tree
mkdir -p "$tree"
mount -t tmpfs -o mode=755 vethscope-lab "$tree"
mkdir "$tree/upper" "$tree/work" "$tree/root"
mount -t overlay -o "lowerdir=$LAB_ROOT,upperdir=$tree/upper,workdir=$tree/work" vethscope-lab "$tree/root"
root=$tree/root

mount -t proc proc "$root/proc"
mount -t sysfs sysfs "$root/sys"
mount --rbind /dev "$root/dev"
mount --rbind /sys/fs/cgroup "$root/sys/fs/cgroup"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
# Memory, because every container start waits for the disk otherwise.
mkdir -p "$root/var/lib/docker" "$root/var/lib/containerd"
mount -t tmpfs -o mode=711 tmpfs "$root/var/lib/docker"
mount -t tmpfs -o mode=711 tmpfs "$root/var/lib/containerd"

# Paths that have the same name on the machine and on the test host: the run directory (sockets), Node and the checkout.
bind() {
  if [ -d "$1" ]; then mkdir -p "$root$1"; else mkdir -p "$root$(dirname "$1")"; : > "$root$1"; fi
  mount -o "bind,$2" "$1" "$root$1"
}
bind "$LAB_RUN" rw
printf '%s\n' "$LAB_READ_ONLY" | while read -r path; do [ -z "$path" ] || bind "$path" ro; done
# The engine's modprobe needs the modules of the running kernel, where it has any.
if [ -d /lib/modules ] && [ -n "$(ls /lib/modules)" ]; then bind /lib/modules ro; fi

if [ "$LAB_IPTABLES" = legacy ]; then
  mount -o bind "$root/usr/sbin/xtables-legacy-multi" "$root/usr/sbin/xtables-nft-multi"
fi
hostname "$LAB_NAME"
say "$LAB_NAME" > "$root/etc/hostname"
printf '127.0.0.1 localhost\n::1 localhost\n127.0.1.1 %s\n' "$LAB_NAME" > "$root/etc/hosts"
say 'nameserver 198.18.0.254' > "$root/etc/resolv.conf"

mkdir "$root/.machine"
cd "$root"
pivot_root . .machine
cd /
umount -l /.machine
rmdir /.machine

ip link set lo up
say "$pid"
read -r go
[ "$go" = go ]
exec docker-init -g -- "$@" > "$LAB_RUN/dockerd.log" 2>&1 < /dev/null
