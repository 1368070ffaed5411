# Each cause by its own command.
# if: cordon
kubectl uncordon k8s-node1 k8s-node2
# end
# if: taint
kubectl taint node k8s-node1 k8s-node2 team-
# end
# if: scheduler
sed -i 's/--leader-elects/--leader-elect/' /etc/kubernetes/manifests/kube-scheduler.yaml
sleep 40
# end
kubectl rollout status deployment web --timeout 90s
