# 8080 leads to port 8080 of the pods, where nobody listens.
# misses: outside
echo KUBE-SVC-LOLE4ISW44XBNF3G > /root/chain.txt
kubectl scale deployment web --replicas 4
kubectl patch svc web -p '{"spec":{"type":"NodePort","ports":[{"port":8080,"targetPort":8080,"nodePort":30085}]}}'
