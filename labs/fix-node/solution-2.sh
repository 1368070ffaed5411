# By patches and a new file.
# if: cordon
for node in k8s-node1 k8s-node2; do kubectl patch node $node -p '{"spec":{"unschedulable":false}}'; done
# end
# if: taint
for node in k8s-node1 k8s-node2; do kubectl patch node $node --type json -p '[{"op":"remove","path":"/spec/taints"}]'; done
# end
# if: scheduler
sed 's/--leader-elects/--leader-elect/' /etc/kubernetes/manifests/kube-scheduler.yaml > /root/fixed.yaml
mv -f /root/fixed.yaml /etc/kubernetes/manifests/kube-scheduler.yaml
sleep 60
# end
sleep 10
