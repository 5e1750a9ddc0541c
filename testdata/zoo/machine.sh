# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
#
# machine.sh: sourced by record.sh: the emulated server, as QEMU's options, one
# word a line. Its truth is in ../hosts/hosts_test.go: whoever changes a serial
# number or a size here changes it there. Devices get their PCI addresses in the
# order of this file. Paths are below the folder that QEMU runs in.

# machine prints all options.
machine() {
  base
  shares
  smbios
  controller
  bridges
  nvme
  sata
  scsi
  virtio_and_usb
  network
}

# option prints words.
option() {
  printf '%s\n' "$@"
}

# drive ID BYTES prints the option of a drive of zeros; sizes cost no space.
drive() {
  truncate -s "$2" "disks/$1"
  option -drive "if=none,id=$1,format=raw,file=disks/$1,file.locking=off"
}

# Emulated processors are the same on every machine, with KVM or without.
base() {
  option -accel tcg,thread=multi -cpu max -M q35 -m 2048 -smp 4,sockets=2,cores=2,threads=1
  option -nodefaults -no-reboot -display none -vga std -monitor none -serial stdio
  option -kernel vmlinuz -initrd initramfs
  option -append 'console=ttyS0 panic=-1 quiet mitigations=off tsc=unstable no_timer_check'
}

shares() {
  option -virtfs local,path=tools,mount_tag=tools,security_model=none,readonly=on,multidevs=remap
  option -virtfs local,path=out,mount_tag=out,security_model=none
}

# Structures of types 9, 17 and 39 come from the files of ./firmware.
smbios() {
  option -smbios 'type=0,vendor=American Lab Inc.,version=3.2a,date=05/17/2023,release=5.27,uefi=on'
  option -smbios 'type=1,manufacturer=Lab Systems Inc,product=LX2 Server,version=02,serial=SRV-2023-0042,uuid=4c4c4544-0042-4c10-8030-b9c04f534c32,sku=SKU-77,family=LX'
  option -smbios 'type=2,manufacturer=Lab Systems Inc,product=LX2-BOARD,version=1.02,serial=BRD-0001-A7,asset=To be filled by O.E.M.,location=Slot 0'
  option -smbios 'type=3,manufacturer=Lab Systems Inc,version=1,serial=CH-LAB-0001,asset=Default string,sku=CH'
  option -smbios 'type=4,sock_pfx=CPU,manufacturer=Advanced Lab Devices,version=LAB EPYC 9354P 32-Core Processor,serial=Unknown,asset=Unknown,part=Unknown,max-speed=3800,current-speed=3250'
  option -smbios 'type=11,value=OEM string one,value=OEM string two'
  option -smbios 'type=41,designation=Onboard LAN 1,kind=ethernet,instance=1,pcidev=nic1'
  for file in firmware/smbios-*.bin; do
    option -smbios "file=$file"
  done
}

controller() {
  option -device ipmi-bmc-sim,id=bmc0,frudatafile=firmware/fru.bin,fruareasize=1024,sdrfile=firmware/sdr.bin
  option -device isa-ipmi-kcs,bmc=bmc0
}

# Three slots, and a PCIe switch of two ports in a fourth.
bridges() {
  option -device pcie-root-port,id=rp1,chassis=1,slot=1,bus=pcie.0
  option -device pcie-root-port,id=rp2,chassis=2,slot=2
  option -device pcie-root-port,id=rp3,chassis=3,slot=3
  option -device pcie-root-port,id=rp4,chassis=4,slot=4
  option -device x3130-upstream,id=up1,bus=rp4
  option -device xio3130-downstream,id=dn1,bus=up1,chassis=5,slot=1
  option -device xio3130-downstream,id=dn2,bus=up1,chassis=6,slot=2
}

# A drive, a drive with two namespaces, and one behind the switch.
nvme() {
  drive nvme0 960197124096
  option -device nvme,id=nv0,bus=rp1,serial=S64GNE0R100001,drive=nvme0
  option -device nvme-subsys,id=ss1,nqn=lab1
  option -device nvme,id=nv1,bus=rp2,serial=PHLN0001400G,subsys=ss1
  drive nvme1a 400088457216
  option -device nvme-ns,drive=nvme1a,bus=nv1,nsid=1,logical_block_size=4096,physical_block_size=4096,uuid=11111111-2222-3333-4444-555555555555,eui64=0x5cd2e4aabbcc0001
  drive nvme1b 100000595968
  option -device nvme-ns,drive=nvme1b,bus=nv1,nsid=3
  drive nvme2 3840755982336
  option -device 'nvme,id=nv2,bus=dn1,serial=  SPACED 77  ,drive=nvme2'
}

sata() {
  drive sata0 480103981056
  option -device 'ide-hd,bus=ide.0,drive=sata0,serial=BTYF0001480G,model=INTEL SSDSC2KB480G8,ver=XCV10132,wwn=0x55cd2e4150aa0001,rotation_rate=1'
  drive sata1 8001563222016
  option -device ide-hd,bus=ide.1,drive=sata1,serial=ZA1ABCDE,model=ST8000NM000A-2KE101,ver=SN02,wwn=0x5000c500aabbccdd,rotation_rate=7200
  truncate -s 4194304 disks/cd
  option -drive if=none,id=cd,format=raw,file=disks/cd,file.locking=off,media=cdrom,readonly=on
  option -device 'ide-cd,bus=ide.2,drive=cd,serial=CDROM0001,model=LAB DVD-ROM'
}

# Two drives behind a RAID controller, one on parallel SCSI.
scsi() {
  option -device megasas-gen2,id=mr0,bus=rp3
  drive sas0 1200243695616
  option -device scsi-hd,bus=mr0.0,drive=sas0,vendor=SEAGATE,product=ST1200MM0009,ver=N004,serial=WFK00001,wwn=0x5000c50099aa0001,rotation_rate=10000
  drive sas1 600127266816
  option -device scsi-hd,bus=mr0.0,drive=sas1,vendor=HGST,product=HUC101860CSS200,ver=A7G0,serial=0BG00002,wwn=0x5000cca0aa000002,rotation_rate=10000
  option -device lsi53c895a,id=lsi0
  drive lsi 73407868928
  option -device scsi-hd,bus=lsi0.0,drive=lsi,vendor=LABCO,product=U320-73,ver=0001,serial=LSI73
}

virtio_and_usb() {
  option -device virtio-scsi-pci,id=vs0
  drive vscsi 10737418240
  option -device scsi-hd,bus=vs0.0,drive=vscsi,serial=VSCSI0
  drive vblk 21474836480
  option -device virtio-blk-pci,drive=vblk,serial=VBLK0001
  option -device qemu-xhci,id=xhci
  drive usb 15376318464
  option -device usb-storage,bus=xhci.0,drive=usb,serial=USB0001,removable=on
}

network() {
  option -netdev user,id=net0,restrict=on
  option -device e1000e,id=nic0,netdev=net0,bus=dn2,mac=52:54:00:aa:00:01
  option -netdev user,id=net1,restrict=on
  option -device virtio-net-pci,id=nic1,netdev=net1,mac=52:54:00:aa:00:02
}
