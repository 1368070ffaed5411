/** Command lines of iptables, one of each sort that is typed by hand. A set named `friends` must be there. */
export const typedRules: ReadonlyArray<readonly string[]> = `
-I INPUT -p tcp --dport 80 -j DROP
-A FORWARD -s 10.0.0.0/8 ! -d 10.96.0.0/12 -p udp -m multiport --dports 53,80:90 -j REJECT
-A FORWARD -p tcp -j REJECT --reject-with tcp-reset
-t nat -A PREROUTING -p tcp --dport 8080 -j REDIRECT --to-ports 80
-t nat -I POSTROUTING -s 10.244.0.0/16 -j MASQUERADE
-t nat -A POSTROUTING -o eth0 -j SNAT --to-source 172.25.254.100
-t nat -A PREROUTING -d 1.2.3.4 -p tcp -j DNAT --to-destination 10.0.0.1-10.0.0.4:80
-t nat -A PREROUTING -m addrtype --dst-type LOCAL -j DNAT --to 10.0.0.1
-t nat -A OUTPUT -p tcp --dport 80 -j DNAT --to-destination :8080
-t nat -A POSTROUTING -p tcp -j MASQUERADE --to-ports 1024-2048 --random
-t raw -A PREROUTING -p icmp --icmp-type echo-request -j NOTRACK
-t raw -A PREROUTING -m rpfilter --invert -j DROP
-t mangle -A PREROUTING -j MARK --set-mark 5
-A INPUT -m state --state NEW,ESTABLISHED -j ACCEPT
-A INPUT -m limit --limit 5/min --limit-burst 7 -j LOG --log-prefix "hello " --log-level 4
-A INPUT -m mac --mac-source 00:11:22:33:44:55 -j DROP
-A INPUT -m iprange --src-range 10.0.0.1-10.0.0.9 -j DROP
-A OUTPUT -m owner --uid-owner 0 -j ACCEPT
-A INPUT ! -i lo -p all -j ACCEPT
-A INPUT -p 47 -j ACCEPT
-N knock
-A INPUT -g knock
-A knock -m comment --comment "a b" -j RETURN
-A INPUT -m statistic --mode nth --every 3 --packet 1 -j ACCEPT
-A INPUT -m statistic --mode random --probability 0.3 -j ACCEPT
-A INPUT -m recent --name r --update --seconds 60 --hitcount 4 -j DROP
-A INPUT -m mark ! --mark 1/3 -j DROP
-A INPUT -m connmark --mark 1 -j DROP
-A INPUT -m addrtype --dst-type BROADCAST --limit-iface-in -j DROP
-A INPUT -m conntrack --ctorigdst 1.2.3.4 --ctstate DNAT -j ACCEPT
-A INPUT -m physdev --physdev-in eth0 -j ACCEPT
-A INPUT -p sctp --dport 80 -j ACCEPT
-A INPUT -m set --match-set friends src -j ACCEPT
-A INPUT -p udp -m udp ! --sport 1:5 -j ACCEPT
-A INPUT -p tcp --syn -j ACCEPT
-A INPUT -p tcp ! --tcp-flags SYN,RST,ACK SYN -j ACCEPT
-A INPUT -j CONNMARK --save-mark --mask 0xff
-A INPUT -s 1.2.3.4,5.6.7.8 -j DROP
-A INPUT -m length --length 1000:1500 -j ACCEPT
-A INPUT -m ttl --ttl-lt 5 -j DROP
-A INPUT -m pkttype ! --pkt-type host -j ACCEPT
-A INPUT -p tcp -m string --algo bm --icase --string "GET /" -j DROP
-A INPUT ! -f -j ACCEPT
-t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu
-t mangle -A PREROUTING -j TTL --ttl-inc 1
-t raw -A PREROUTING -p icmp -j CT --notrack
-A INPUT -j NFLOG --nflog-prefix "a b"
-P FORWARD DROP
`
	.trim()
	.split('\n')
	.map(line => [...line.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word));
