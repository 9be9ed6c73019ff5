namespace ChaosHarness.Aws.Replication;

internal enum SampleAnswer
{
    Same,
    Missing,
    Different,
    Denied,
    OutOfRules,
}
