# A rule written by hand lasts until the next sync, and only on this node.
# misses: dice, outside
echo KUBE-SVC-LOLE4ISW44XBNF3G > /root/chain.txt
iptables -t nat -A KUBE-SVC-LOLE4ISW44XBNF3G -m statistic --mode random --probability 0.25 -j RETURN
