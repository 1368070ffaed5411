# Rules on the nodes instead of a policy: gone with the next address.
# misses: other
for node in k8s-node1 k8s-node2; do
  for from in $(kubectl get pod other -o jsonpath='{.status.podIP}') $(kubectl -n shop get pods -o jsonpath='{.items[*].status.podIP}'); do
    for to in $(kubectl get pods -l app=web -o jsonpath='{.items[*].status.podIP}'); do ssh $node iptables -I FORWARD -s $from -d $to -j DROP; done
  done
done
