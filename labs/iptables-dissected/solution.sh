# Imperative, as in the text.
iptables-save -t nat | grep 'default/web cluster IP'
echo KUBE-SVC-LOLE4ISW44XBNF3G > /root/chain.txt
kubectl scale deployment web --replicas 4
iptables-save -t nat | grep KUBE-SVC-LOLE4ISW44XBNF3G
kubectl patch svc web -p '{"spec":{"type":"NodePort","ports":[{"port":8080,"targetPort":80,"nodePort":30085}]}}'
ssh reg curl -s 172.25.254.10:30085/hostname.html
