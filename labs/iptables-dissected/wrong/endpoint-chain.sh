# The chain of one pod, not of the Service.
# misses: chain
iptables-save -t nat | awk '/-A KUBE-SVC-LOLE4ISW44XBNF3G/ && /SEP/ {print $NF; exit}' > /root/chain.txt
kubectl scale deployment web --replicas 4
kubectl patch svc web -p '{"spec":{"type":"NodePort","ports":[{"port":8080,"targetPort":80,"nodePort":30085}]}}'
