using System.Text.RegularExpressions;
using Amazon.RDS.Model;
using ChaosHarness.LocalCloud.Http;

namespace ChaosHarness.LocalCloud.Rds;

/// <summary>Changes of instances: at once, or in the maintenance window.</summary>
internal sealed partial class RdsService
{
    private const int SmallestPassword = 8;
    private const int LargestPassword = 128;
    private const int LongestRetention = 35;

    private ModifyDBInstanceResponse Modify(ModifyDBInstanceRequest request)
    {
        var instance = Find(request.DBInstanceIdentifier);
        instance.Require("available");
        CheckPassword(request.MasterUserPassword);
        CheckRetention(request.BackupRetentionPeriod);
        if (request.DBInstanceClass is { } wanted)
        {
            CheckClass(wanted);
        }

        if (request.AllocatedStorage < instance.Storage)
        {
            throw new AwsErrorException("InvalidParameterCombination", $"Requested storage size ({request.AllocatedStorage}) cannot be less than the current storage size ({instance.Storage}).");
        }

        var window = request.PreferredMaintenanceWindow is { } text ? MaintenanceWindow.Parse(text) : instance.Window;
        instance.Window = window;
        instance.IsDeletionProtected = request.DeletionProtection ?? instance.IsDeletionProtected;
        // From some days to others backups just go on.
        if (request.BackupRetentionPeriod is > 0 && instance.BackupRetentionPeriod > 0)
        {
            instance.BackupRetentionPeriod = request.BackupRetentionPeriod.Value;
        }

        // What waited already is done as well when something is wanted at once.
        instance.Pending = instance.Pending.With(request, instance);
        var pending = instance.Pending;
        var shown = Shape(instance);
        var now = request.ApplyImmediately is true ? instance.TakePending() : new Modification();
        if (!now.IsEmpty || request.MasterUserPassword is not null)
        {
            instance.Change("available", "modifying", "available", async token =>
            {
                await SetPasswordAsync(instance, request.MasterUserPassword, token);
                await ApplyAsync(instance, now, token);
            });
            shown = Shape(instance);
            shown.PendingModifiedValues = pending.ToShape();
            shown.PendingModifiedValues.MasterUserPassword = request.MasterUserPassword is null ? null : "****";
        }

        return new ModifyDBInstanceResponse { DBInstance = shown };
    }

    // Looked at all the while: a window may be moved to now.
    private async Task MaintainAsync(CancellationToken ended)
    {
        while (true)
        {
            await Task.Delay(Glance, _cloud.Time, ended);
            await _cloud.Outage.OverAsync(RegionParts.Api, ended);
            foreach (var instance in _databases.Instances.Values.Where(instance => instance is { Status: "available", Pending.IsEmpty: false } && instance.Window.Contains(_cloud.Now)))
            {
                try
                {
                    instance.Change("available", "modifying", "available", token => ApplyAsync(instance, instance.TakePending(), token));
                }
                catch (AwsErrorException)
                {
                    // Something else is being done with it: the window is long enough.
                }
            }
        }
    }

    private static async Task SetPasswordAsync(DbInstance instance, string? password, CancellationToken cancellationToken)
    {
        if (password is not null)
        {
            await instance.Database.SetPasswordAsync(password, cancellationToken);
            instance.Note("The master user password was reset.", "configuration change");
        }
    }

    private async Task ApplyAsync(DbInstance instance, Modification change, CancellationToken cancellationToken)
    {
        if (change.Class is { } size)
        {
            // Another class is another host: its server goes down, or the standby takes over.
            await (instance.IsMultiZone ? instance.Database.FailOverAsync(cancellationToken) : instance.Database.RestartAsync(cancellationToken));
            instance.Class = size;
            instance.Note("Finished applying modification to DB instance class", "configuration change");
        }

        instance.Storage = change.Storage ?? instance.Storage;
        if (change.MultiZone is { } multiple)
        {
            instance.IsMultiZone = multiple;
            await (multiple
                ? instance.Database.AddStandbyAsync(_cloud.Network.Subnets.First(subnet => subnet != instance.Database.Primary.Subnet), cancellationToken)
                : instance.Database.RemoveStandbyAsync(cancellationToken));
            instance.Note(multiple ? "Finished applying modification to convert to a Multi-AZ DB instance" : "Finished applying modification to convert to a standard (Single-AZ) DB Instance", "configuration change");
        }

        if (change.BackupRetentionPeriod is { } days)
        {
            instance.BackupRetentionPeriod = days;
            if (days > 0)
            {
                await instance.BackUpAsync(cancellationToken);
            }
            else
            {
                instance.EndBackups();
            }
        }
    }

    private static void CheckPassword(string? password)
    {
        if (password is { Length: < SmallestPassword or > LargestPassword })
        {
            throw new AwsErrorException("InvalidParameterValue", $"The parameter MasterUserPassword is not a valid password because it is {(password.Length < SmallestPassword ? "shorter" : "longer")} than {(password.Length < SmallestPassword ? SmallestPassword : LargestPassword)} characters.");
        }

        if (password is not null && password.AsSpan().ContainsAny("/\"@ "))
        {
            throw new AwsErrorException("InvalidParameterValue", "The parameter MasterUserPassword is not a valid password. Only printable ASCII characters besides '/', '@', '\"', ' ' may be used.");
        }
    }

    private static void CheckRetention(int? days)
    {
        if (days is < 0 or > LongestRetention)
        {
            throw new AwsErrorException("InvalidParameterValue", $"Invalid backup retention period: {days}. Retention period must be between 0 and {LongestRetention} days.");
        }
    }

    private static void CheckMaster(string user, string? password)
    {
        CheckPassword(password);
        if (user == Database.Admin)
        {
            throw new AwsErrorException("InvalidParameterValue", $"MasterUsername {user} cannot be used as it is a reserved word used by the engine");
        }

        if (!UserName().IsMatch(user))
        {
            throw new AwsErrorException("InvalidParameterValue", $"The parameter MasterUsername is not a valid identifier: it begins with a letter and has 1 to 63 letters, digits and underscores. {user}");
        }
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{0,62}\\z")]
    private static partial Regex UserName();
}
