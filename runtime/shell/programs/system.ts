/** Processes, services, users, schedules, firewalls and the settings of the machine. */
import { prefixOf } from '../text.js'
import { type Lookup, modelsOf, type Special } from './roles.js'

const TABLE = `
kill; s|signal: n: l|list L|table p q: 0123456789 A B C D E F G H I J K M N O P Q R S T U V ; @process.kill:targets=1+:program=.:!-l:!-L:!-0
pkill,killall,skill,slay; s|signal: u|euid|user: U|uid: g: G: P|parent: t|terminal: F|pidfile:R o: y: e f i v x w q ; @process.kill:targets=1+:user=-u:program=.
xkill,taskkill,tskill; ; @process.kill:program=.:targets=1+
fuser; k|kill n|namespace: s v m|mount i|interactive ; @process.kill:targets=1+:program=.:?-k L
systemctl; H|host: M|machine: t|type: p|property: s|signal: n|lines: o|output: user system now f|force global ; >>
systemctl poweroff,reboot,halt,suspend,hibernate,kexec,rescue,emergency,soft-reboot,exit; ; @system.shutdown:program=.:command=*
systemctl kill; ; @process.kill:targets=1+:program=.
systemctl start,stop,restart,reload,enable,disable,mask,unmask,daemon-reload,try-restart,isolate,revert,preset,set-property,edit,link,set-default,reenable; ; @system.service:command=*:services=1+:program=.
service; ; @system.service:service=1:services=1+:command=2:program=.
launchctl,rc-service,rc-update,sv,initctl,supervisorctl,sc,svc,s6-svc,pm2,forever,chkconfig,update-rc.d,invoke-rc.d; ; @system.service:command=1:services=2+:program=.
shutdown,reboot,halt,poweroff,telinit,init; h r P c k t: ; @system.shutdown:program=.:command=1:!-c
useradd,adduser,userdel,deluser,usermod,groupadd,groupdel,groupmod,gpasswd,chpasswd,chage,chsh,chfn,vipw,newusers,sysadminctl,dsenableroot,dseditgroup,pw,smbpasswd,htpasswd,ssh-import-id; G|groups: g|gid: s|shell: d|home: u|uid: c|comment: p|password: e: f: a|append m|create-home r|remove|system ; @user.change:program=.:args=$
passwd; S|status a|all d|delete e|expire l|lock u|unlock q|quiet n: x: w: i: r: R: ; @user.change:program=.:args=$:!-S
dscl; = -read -readall -readpl -list -search -diff ; @user.change:program=.:args=$:!-read:!-readall:!-readpl:!-list:!-search:!-diff
visudo; c|check q|quiet s|strict f|file: ; @user.change:program=.:args=$:!-c
net; ; >
net user,localgroup,group,accounts; ; @user.change:program=.:args=$
crontab; u|user: l|list r|remove e|edit i ; R @schedule.change:program=.:remove=?-r:file=1:content=<:!-l
at,batch,atrm,atd,anacron,fcrontab; f|file:R q: t: m l|list d|delete c ; @schedule.change:program=.:!-l
systemd-run; ^ on-calendar: on-active: on-boot: on-startup: on-unit-active: on-unit-inactive: timer-property: p: u: E: ; @schedule.change:program=.:?--on-calendar:?--on-active:?--on-boot:?--on-startup:?--on-unit-active:?--on-unit-inactive @system.service:program=.:command=start
schtasks; ; @schedule.change:program=.
iptables,ip6tables,nft,ufw,firewall-cmd,pfctl,ebtables,arptables,ipset,iptables-restore,netsh; L|list S|list-rules n v t|table: line-numbers ; @firewall.change:program=.:args=$:!-L:!-S
ip; ; >
ip route,address,addr,link,rule,neigh,netns,r,a,l; ; @network.configure:program=.:args=$
ifconfig,route,nmcli,networksetup,iwconfig,ethtool,brctl,resolvectl,hostnamectl,dhclient,tc; ; @network.configure:program=.:args=$
sysctl; w|write p|load? a|all n e q|quiet ; =sysctl
setenforce,log,mdatp,kmutil,kldload,modprobe,rmmod,insmod,depmod,kexec,hostname,timedatectl,localectl,nvram,csrutil,spctl,systemsetup,defaults,update-alternatives,alternatives,ldconfig,grub-install,update-grub,grub-mkconfig,efibootmgr,setsebool,semanage,apparmor_parser,aa-disable,auditctl,dconf,gsettings,reg,bcdedit,vssadmin,wbadmin,tmutil,dpkg-reconfigure,swapoff,authconfig,nixos-rebuild,xattr,tccutil,pmset,scutil,kextload,kextunload,security,keyctl; l|list ; @system.configure:program=.:args=$
journalctl; vacuum-size: vacuum-time: vacuum-files: rotate u|unit: n|lines: D|directory:R file:R f|follow S|since: U|until: o|output: ; @system.configure:program=.:command=vacuum:?--vacuum-size:?--vacuum-time:?--vacuum-files
`

/** `sysctl name=value` sets it, with `-w` or without. */
const sysctl: Special = ({ call, operands, options, world }) => {
  const sets = options.has('-w') || options.has('-p') || operands.some(operand => prefixOf(operand).includes('='))
  if (sets) world.act('system.configure', { program: call.name, args: call.args })
  return undefined
}

export const SYSTEM: Lookup = modelsOf(TABLE, { sysctl })
