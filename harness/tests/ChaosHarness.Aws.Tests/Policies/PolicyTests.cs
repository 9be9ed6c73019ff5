using ChaosHarness.Aws.Templates;

namespace ChaosHarness.Aws.Tests.Policies;

/// <summary>The policy of the role, the templates and what is written of both say the same.</summary>
public sealed class PolicyTests
{
    private const string SystemTag = "\"aws:ResourceTag/chaosharness:system\": \"orders\"";
    private const string Operator = "arn:aws:iam::111122223333:role/OrdersOperator";
    private const string Documents = "arn:aws:s3:::orders-documents";

    // As the user guide of FIS lists them, for each action of the catalogue.
    private static readonly Dictionary<string, string[]> Needed = new()
    {
        ["aws:cloudwatch:assert-alarm-state"] = ["cloudwatch:DescribeAlarms"],
        ["aws:ec2:reboot-instances"] = ["ec2:RebootInstances", "ec2:DescribeInstances"],
        ["aws:ec2:stop-instances"] = ["ec2:StopInstances", "ec2:StartInstances", "ec2:DescribeInstances"],
        ["aws:ec2:terminate-instances"] = ["ec2:TerminateInstances", "ec2:DescribeInstances"],
        ["aws:fis:inject-api-internal-error"] = ["fis:InjectApiInternalError"],
        ["aws:fis:inject-api-throttle-error"] = ["fis:InjectApiThrottleError"],
        ["aws:fis:inject-api-unavailable-error"] = ["fis:InjectApiUnavailableError"],
        ["aws:fis:wait"] = [],
        ["aws:network:disrupt-connectivity"] =
        [
            "ec2:CreateNetworkAcl", "ec2:CreateNetworkAclEntry", "ec2:CreateTags", "ec2:DeleteNetworkAcl", "ec2:DescribeManagedPrefixLists", "ec2:DescribeNetworkAcls",
            "ec2:DescribeSubnets", "ec2:DescribeVpcs", "ec2:GetManagedPrefixListEntries", "ec2:ReplaceNetworkAclAssociation",
        ],
        ["aws:rds:failover-db-cluster"] = ["rds:FailoverDBCluster", "rds:DescribeDBClusters", "tag:GetResources"],
        ["aws:rds:reboot-db-instances"] = ["rds:RebootDBInstance", "rds:DescribeDBInstances", "tag:GetResources"],
        ["aws:s3:bucket-pause-replication"] = ["s3:PauseReplication", "s3:GetReplicationConfiguration", "s3:PutReplicationConfiguration", "s3:ListAllMyBuckets", "tag:GetResources"],
    };

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "policies");

    private static IReadOnlyList<Statement> Role => Statement.Read(Path.Combine(Folder, "fis-role-policy.json"));

    private static string[] Templates => Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "templates"), "*.json");

    [TestCaseSource(nameof(Templates))]
    public void The_role_may_do_what_a_template_asks_of_it(string file)
    {
        var allowed = Role.SelectMany(statement => statement.Actions).ToHashSet();

        foreach (var (name, action) in FisTemplate.FromFile(file).ToRequest().Actions)
        {
            Assert.That(Needed[action.ActionId], Is.SubsetOf(allowed), name);
        }
    }

    [Test]
    public void The_role_may_do_nothing_that_no_action_needs() =>
        Assert.That(Role.SelectMany(statement => statement.Actions).Except(["s3:GetBucketTagging"]), Is.SubsetOf(Needed.Values.SelectMany(actions => actions).ToHashSet()));

    [TestCaseSource(nameof(Templates))]
    public void Every_target_of_a_template_is_tagged_or_listed(string file)
    {
        foreach (var (name, target) in FisTemplate.FromFile(file).ToRequest().Targets)
        {
            if (target.ResourceArns is { Count: > 0 } arns)
            {
                Assert.That(arns, Is.EqualTo(new[] { Operator }), name);
            }
            else
            {
                Assert.That(target.ResourceTags, Contains.Key("chaosharness:system").WithValue("orders"), name);
            }
        }
    }

    [TestCaseSource(nameof(Templates))]
    public void Members_of_a_group_may_be_terminated_while_they_are_stopped(string file)
    {
        foreach (var action in FisTemplate.FromFile(file).ToRequest().Actions.Values.Where(action => action.ActionId == "aws:ec2:stop-instances"))
        {
            Assert.That(action.Parameters, Contains.Key("startInstancesAfterDuration").And.ContainKey("completeIfInstancesTerminated").WithValue("true"));
        }
    }

    [Test]
    public void Whatever_the_role_may_change_is_limited_by_the_tag_or_named()
    {
        foreach (var statement in Role.Where(statement => statement.Changes.Any()))
        {
            Assert.That(statement.Resources, Has.None.EqualTo("*"), statement.Sid);
            var isLimited = statement.Conditions.Contains(SystemTag, StringComparison.Ordinal)
                || statement.Resources.SequenceEqual([Documents])
                || (statement.Conditions.Contains("\"fis:Targets\"", StringComparison.Ordinal) && statement.Conditions.Contains(Operator, StringComparison.Ordinal))
                || IsAboutAclsAlone(statement);
            Assert.That(isLimited, Is.True, statement.Sid);
        }
    }

    [Test]
    public void An_ACL_is_only_put_before_a_subnet_with_the_tag()
    {
        var replacing = Role.Where(statement => statement.Actions.Contains("ec2:ReplaceNetworkAclAssociation")).ToList();

        Assert.That(replacing.SelectMany(statement => statement.Resources).Select(resource => resource.Split(':')[^1]), Is.EquivalentTo(new[] { "subnet/*", "network-acl/*" }));
        Assert.That(replacing.Single(statement => statement.Resources[0].EndsWith("subnet/*", StringComparison.Ordinal)).Conditions, Does.Contain(SystemTag));
        var making = Role.Where(statement => statement.Actions.Contains("ec2:CreateNetworkAcl")).ToList();
        Assert.That(making.Single(statement => statement.Resources[0].EndsWith("vpc/*", StringComparison.Ordinal)).Conditions, Does.Contain(SystemTag));
    }

    [Test]
    public void What_is_written_of_the_role_names_each_limit_and_no_other()
    {
        var text = File.ReadAllText(Path.Combine(Folder, "aws.md"));
        var rows = text[text.IndexOf("What the role may change, and no more:", StringComparison.Ordinal)..].Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).ToList();

        Assert.That(rows, Has.Count.EqualTo(5));
        Assert.That(rows[0], Does.Contain("the tag of the resource"));
        Assert.That(rows[1], Does.Contain("the tag of the subnet"));
        Assert.That(rows[2], Does.Contain("the tag of its VPC").And.Contain("managedByFIS"));
        Assert.That(rows[3], Does.Contain(Documents.Split(':')[^1]));
        Assert.That(rows[4], Does.Contain(Operator.Split('/')[^1]));
        Assert.That(text, Does.Not.Contain("Both reach only what carries the tag"));
    }

    [Test]
    public void The_harness_may_ask_for_what_it_asks_for()
    {
        var allowed = Statement.Read(Path.Combine(Folder, "harness-policy.json")).SelectMany(statement => statement.Actions).ToHashSet();

        Assert.That(
            new[]
            {
                "sts:GetCallerIdentity", "fis:CreateExperimentTemplate", "fis:GetExperimentTemplate", "fis:DeleteExperimentTemplate", "fis:StartExperiment", "fis:GetExperiment", "fis:StopExperiment", "fis:ListExperiments",
                "fis:ListExperimentTemplates", "fis:ListExperimentResolvedTargets", "fis:GetSafetyLever", "iam:PassRole", "ec2:DescribeInstances", "ec2:StartInstances", "rds:DescribeDBInstances", "rds:DescribeDBClusters", "cloudwatch:DescribeAlarms",
            },
            Is.SubsetOf(allowed));
    }

    // A network ACL before no subnet lets nothing through and keeps nothing out.
    private static bool IsAboutAclsAlone(Statement statement) =>
        statement.Resources.All(resource => resource.EndsWith(":network-acl/*", StringComparison.Ordinal))
        && (statement.Conditions.Contains("/managedByFIS\": \"true\"", StringComparison.Ordinal) || statement.Changes.SequenceEqual(["ec2:ReplaceNetworkAclAssociation"]));
}
